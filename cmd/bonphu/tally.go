package main

import "github.com/spf13/cobra"

func newTally() *cobra.Command { return &cobra.Command{Use: "tally"} }
