namespace Argosy.Build;

/// <summary>A process of a RUN step.</summary>
public sealed record StepCommand
{
    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary><c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>An absolute path; exists.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary><c>user[:group]</c> as the image has it; empty is root.</summary>
    public required string User { get; init; }

    /// <summary>The network: <c>default</c>, <c>none</c>, <c>host</c>, <c>container:NAME</c> or a network's name.</summary>
    public required string Network { get; init; }

    /// <summary>Bounds and additions that the build asked for.</summary>
    public required StepLimits Limits { get; init; }

    /// <summary>Files that are only there while the step runs (here-documents with an interpreter line).</summary>
    public IReadOnlyList<StepFile> Files { get; init; } = [];

    /// <summary>What is mounted meanwhile, the outer ones first.</summary>
    public IReadOnlyList<StepMount> Mounts { get; init; } = [];
}
