// Question: which documents were taken in after so many takings?
// Parameters: $number
// Columns: document
MATCH (t:Taking)
WHERE t.number > $number
RETURN t.document AS document
