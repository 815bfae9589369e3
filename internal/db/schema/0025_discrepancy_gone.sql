-- A denied claim is a case of oversight/reconcile (claim_case), told by the claim's fate; what the import kept beside it is replaced.
DROP TABLE discrepancy;
