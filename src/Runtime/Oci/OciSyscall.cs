namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciSyscall(IReadOnlyList<string> Names, string Action, uint? ErrnoRet, IReadOnlyList<OciSyscallArg>? Args);
