namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciSyscallArg(uint Index, ulong Value, ulong ValueTwo, string Op);
