namespace Argosy.Runtime.Oci;

/// <summary>A rule of a profile, with the conditions under which it counts.</summary>
internal sealed record SeccompRule
{
    /// <summary>The older form of <see cref="Names"/>.</summary>
    public string? Name { get; init; }
    public IReadOnlyList<string>? Names { get; init; }
    public required string Action { get; init; }
    public uint? ErrnoRet { get; init; }
    public IReadOnlyList<OciSyscallArg>? Args { get; init; }
    public SeccompCondition? Includes { get; init; }
    public SeccompCondition? Excludes { get; init; }
}
