namespace Argosy.Linux.Files;

/// <summary>open(2)'s flags that we use; O_CLOEXEC is always added. Values of asm-generic (x86-64); arm64 differs in two, see <see cref="FileCalls"/>.</summary>
[Flags]
internal enum OpenFlags
{
    ReadOnly = 0,
    WriteOnly = 1,
    ReadWrite = 2,
    Create = 0x40,
    Exclusive = 0x80,
    Truncate = 0x200,
    NonBlocking = 0x800,
    Directory = 0x10000,
    NoFollow = 0x20000,
    CloseOnExec = 0x80000,
    PathOnly = 0x200000,
}
