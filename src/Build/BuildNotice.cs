namespace Argosy.Build;

/// <summary>What is odd in a Dockerfile or a request, and does not stop the build (BuildKit's VertexWarning).</summary>
/// <param name="Text">In one line.</param>
public sealed record BuildNotice(string Text)
{
    /// <summary>What is asked for; null when there is no more to say.</summary>
    public string? Detail { get; init; }

    /// <summary>Where it is explained; null when nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>The Dockerfile and the lines in it; null when it is about no line.</summary>
    public (string FileName, IReadOnlyList<string> Lines, int First, int Last)? Place { get; init; }
}
