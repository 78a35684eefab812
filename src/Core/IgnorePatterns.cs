namespace Argosy.Core;

/// <summary>
/// The rules of a <c>.dockerignore</c> file, also of COPY --exclude: the last pattern that matches a path or one of its parents decides;
/// <c>!</c> takes back, <c>**</c> is any number of directories.
/// </summary>
public sealed class IgnorePatterns
{
    private readonly List<IgnorePattern> patterns;

    private IgnorePatterns(List<IgnorePattern> patterns) => this.patterns = patterns;

    /// <summary>True when some pattern takes back: then an ignored directory may hold files that are not.</summary>
    public bool HasExceptions => patterns.Any(pattern => pattern.IsException);

    /// <summary>True when nothing is ignored.</summary>
    public bool IsEmpty => patterns.Count == 0;

    /// <summary>Reads the lines of a file: comments and empty lines are skipped, paths cleaned.</summary>
    public static IgnorePatterns Read(string text, string fileName = ".dockerignore") =>
        Create(text.TrimStart('\uFEFF').Split('\n').Where(line => !line.StartsWith('#')), fileName);

    /// <summary>Takes patterns as they are given.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for a malformed one.</exception>
    public static IgnorePatterns Create(IEnumerable<string> lines, string origin)
    {
        var patterns = new List<IgnorePattern>();
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            try
            {
                if (IgnorePattern.Parse(line) is { } pattern)
                    patterns.Add(pattern);
            }
            catch (FormatException)
            {
                throw EngineException.Invalid($"error checking context: syntax error in pattern \"{line}\" of {origin}");
            }
        }
        return new IgnorePatterns(patterns);
    }

    /// <summary>True when this path, relative and with slashes, is ignored.</summary>
    public bool IsIgnored(string path)
    {
        bool ignored = false;
        foreach (IgnorePattern pattern in patterns)
        {
            if (pattern.IsException == ignored && pattern.MatchesPathOrParent(path))
                ignored = !pattern.IsException;
        }
        return ignored;
    }
}
