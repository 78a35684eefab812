namespace Argosy.Build;

/// <summary>Something that is mounted while a step's command runs.</summary>
/// <param name="Target">Where, absolute in the step's root.</param>
public abstract record StepMount(string Target)
{
    /// <summary>A file or directory of the host.</summary>
    public sealed record Bind(string HostPath, string Target, bool ReadOnly) : StepMount(Target);

    /// <summary>An empty file system in memory.</summary>
    /// <param name="Target">Where.</param>
    /// <param name="Size">Bytes; null is the kernel's default.</param>
    public sealed record Tmpfs(string Target, long? Size) : StepMount(Target);

    /// <summary>The socket of the client's SSH agent.</summary>
    public sealed record Agent(string Target, ISshAgent Source, int Permissions, uint User, uint Group) : StepMount(Target);

    /// <summary>A file that must never be on a disk.</summary>
    public sealed record Secret(string Target, ReadOnlyMemory<byte> Content, int Permissions, uint User, uint Group) : StepMount(Target);
}
