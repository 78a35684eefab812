using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Argosy.Core;

/// <summary>
/// A normalised image name (the distribution project's reference grammar): <c>[domain/]path[:tag][@digest]</c>.
/// <c>busybox</c> is <c>docker.io/library/busybox:latest</c>.
/// </summary>
public sealed partial record ImageReference
{
    private ImageReference(string domain, string path, string? tag, Digest? digest) =>
        (Domain, Path, Tag, Digest) = (domain, path, tag, digest);

    /// <summary>The registry's host, with its port: <c>docker.io</c>, <c>localhost:5000</c>.</summary>
    public string Domain { get; }

    /// <summary>The repository's path in the registry: <c>library/busybox</c>.</summary>
    public string Path { get; }

    /// <summary>The tag, null when a digest alone names the image.</summary>
    public string? Tag { get; }

    /// <summary>The manifest's digest, null when a tag names the image.</summary>
    public Digest? Digest { get; }

    /// <summary>The name as people write it, without tag and digest: <c>busybox</c>, <c>localhost:5000/shop/web</c>.</summary>
    public string FamiliarName =>
        Domain != "docker.io" ? $"{Domain}/{Path}" : Path.StartsWith("library/", StringComparison.Ordinal) ? Path["library/".Length..] : Path;

    /// <summary>Domain and path, the normalised repository.</summary>
    public string Repository => $"{Domain}/{Path}";

    /// <summary>The reference as people write it: <c>busybox:latest</c>, <c>busybox@sha256:…</c>.</summary>
    public string Familiar => FamiliarName + Suffix;

    private string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is { } digest ? "@" + digest : "");

    /// <summary>The same repository with another tag and no digest.</summary>
    public ImageReference WithTag(string tag) => new(Domain, Path, tag, null);

    /// <summary>The same repository, named by digest alone.</summary>
    public ImageReference WithDigest(Digest digest) => new(Domain, Path, null, digest);

    /// <summary>Reads a reference as a user writes it; a missing tag becomes <c>latest</c> unless there is a digest.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference)
    {
        reference = null;
        if (string.IsNullOrEmpty(text) || text.Length > 512 || BareId().IsMatch(text))
            return false;
        Match match = Grammar().Match(text);
        if (!match.Success)
            return false;
        (string domain, string path) = Split(match.Groups["name"].Value);
        if (!PathGrammar().IsMatch(path) || path.Length > 255)
            return false;
        Digest? digest = null;
        if (match.Groups["digest"] is { Success: true, Value: var digestText })
        {
            if (!Core.Digest.TryParse(digestText, out Digest parsed))
                return false;
            digest = parsed;
        }
        string? tag = match.Groups["tag"] is { Success: true, Value: var tagText } ? tagText : digest is null ? "latest" : null;
        reference = new ImageReference(domain, path, tag, digest);
        return true;
    }

    /// <summary>Like <see cref="TryParse"/>, for text that must be a reference.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>, with Docker's words, when it is none.</exception>
    public static ImageReference Parse(string text)
    {
        if (TryParse(text, out ImageReference? reference))
            return reference;
        if (text.Any(char.IsUpper) && TryParse(text.ToLowerInvariant(), out _))
            throw EngineException.Invalid($"invalid reference format: repository name ({text}) must be lowercase");
        throw EngineException.Invalid(BareId().IsMatch(text) ? $"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings" : "invalid reference format");
    }

    /// <inheritdoc/>
    public override string ToString() => Repository + Suffix;

    /// <summary>The first component is a host only when it has a dot, a colon, is <c>localhost</c> or has upper case.</summary>
    private static (string Domain, string Path) Split(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : name[..slash];
        bool isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            || first == "localhost" || first.Any(char.IsUpper);
        (string domain, string path) = slash > 0 && isHost ? (first, name[(slash + 1)..]) : ("docker.io", name);
        if (domain == "index.docker.io")
            domain = "docker.io";
        if (domain == "docker.io" && !path.Contains('/', StringComparison.Ordinal))
            path = "library/" + path;
        return (domain, path);
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9\[][A-Za-z0-9._:/\[\]-]*?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[A-Za-z0-9+._-]+:[0-9a-fA-F]+))?$")]
    private static partial Regex Grammar();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$")]
    private static partial Regex PathGrammar();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex BareId();
}
