using System.Text.RegularExpressions;

namespace Argosy.Build.Execution;

/// <summary>A git repository as an address names it: <c>https://host/path.git#branch:directory</c>, <c>git://…</c>, <c>ssh://…</c>, <c>git@host:path</c>.</summary>
/// <param name="Address">What git is given.</param>
/// <param name="Revision">A branch, a tag or a commit; null is the default branch.</param>
/// <param name="Directory">A directory in it; null is all of it.</param>
public sealed partial record GitReference(string Address, string? Revision, string? Directory)
{
    /// <summary>Reads one; null when the address is no repository's.</summary>
    public static GitReference? TryParse(string source)
    {
        int hash = source.IndexOf('#', StringComparison.Ordinal);
        string address = hash < 0 ? source : source[..hash];
        string[] fragment = hash < 0 ? [] : source[(hash + 1)..].Split(':', 2);
        bool isRepository = address.StartsWith("git://", StringComparison.Ordinal) || address.StartsWith("ssh://", StringComparison.Ordinal)
            || UserAtHost().IsMatch(address)
            || (UrlFetcher.IsUrl(address) && address.EndsWith(".git", StringComparison.Ordinal));
        return isRepository ? new GitReference(address, NonEmpty(fragment, 0), NonEmpty(fragment, 1)) : null;
    }

    private static string? NonEmpty(string[] parts, int index) => index < parts.Length && parts[index].Length > 0 ? parts[index] : null;

    [GeneratedRegex("^[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:[^/].*$")]
    private static partial Regex UserAtHost();
}
