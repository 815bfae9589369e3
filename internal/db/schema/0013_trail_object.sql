-- The trail is read by its end, by who and by day; an index by object cost every act a page and served one rare question.
DROP INDEX trail_object;
