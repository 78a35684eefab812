namespace Argosy.Build.Syntax;

/// <summary>Guesses what was meant by a mistyped word.</summary>
internal static class NearestWord
{
    /// <summary><c> (did you mean RUN?)</c> for the nearest word within two edits, or nothing.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="words">What could have been meant.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    /// <param name="sign">What stands before the guess.</param>
    public static string Hint(string word, IEnumerable<string> words, bool ignoreCase = true, string sign = "")
    {
        string? nearest = null;
        int best = Math.Min(3, Math.Max(2, word.Length));
        foreach (string candidate in words)
        {
            int distance = ignoreCase ? Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant()) : Distance(word, candidate);
            if (distance < best)
                (nearest, best) = (candidate, distance);
        }
        return nearest is null ? "" : $" (did you mean {sign}{nearest}?)";
    }

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    internal static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = left[i - 1] == right[j - 1] ? 0 : 1;
                int value = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                (diagonal, row[j]) = (row[j], value);
            }
        }
        return row[right.Length];
    }
}
