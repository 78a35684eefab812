using System.Runtime.InteropServices;

namespace Argosy.Linux.Processes;

/// <summary>A program to be started with exactly what is listed here: no other descriptor and no other environment is inherited.</summary>
public sealed record SpawnRequest
{
    /// <summary>Absolute path of the program.</summary>
    public required string Path { get; init; }

    /// <summary>Arguments, the program's own name first.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary><c>NAME=value</c>, complete.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Null is the daemon's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The child's descriptors by number; 0, 1 and 2 are /dev/null where they are not listed.</summary>
    public IReadOnlyList<KeyValuePair<int, SafeHandle>> Descriptors { get; init; } = [];
}
