namespace Argosy.Cli.Copying;

/// <summary>A side of <c>cp</c>: <c>container:path</c> (or <c>volume:path</c>), or a path on this machine.</summary>
internal readonly record struct CopyPlace(string? Side, string Path)
{
    /// <summary>A path with a slash or a dot in front of its first colon names no container or volume: <c>./a:b</c>.</summary>
    public static CopyPlace Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || text[0] is '/' or '.' || text.AsSpan(0, colon).Contains('/'))
            return new CopyPlace(null, text);
        return new CopyPlace(text[..colon], text[(colon + 1)..]);
    }
}
