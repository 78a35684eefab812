namespace Argosy.Runtime.Oci;

/// <summary>A profile as Docker and containers-common write it.</summary>
internal sealed record SeccompProfile
{
    public string? DefaultAction { get; init; }
    public uint? DefaultErrnoRet { get; init; }
    public IReadOnlyList<string>? Architectures { get; init; }
    public IReadOnlyList<SeccompArchitecture>? ArchMap { get; init; }
    public IReadOnlyList<string>? Flags { get; init; }
    public string? ListenerPath { get; init; }
    public IReadOnlyList<SeccompRule> Syscalls { get; set; } = [];
}
