namespace Argosy.Runtime.Oci;

/// <summary>config-linux.md#seccomp.</summary>
internal sealed record OciSeccomp(string DefaultAction, uint? DefaultErrnoRet, IReadOnlyList<string> Architectures, IReadOnlyList<string>? Flags, IReadOnlyList<OciSyscall> Syscalls);
