namespace Argosy.Linux.Processes;

/// <summary>inotify's events, as far as Argosy asks for them.</summary>
[Flags]
public enum FileEvents : uint
{
    None = 0,
    Modified = 0x2,

    /// <summary>Also when the last name is taken from a file that is still open.</summary>
    AttributesChanged = 0x4,
    ClosedAfterWrite = 0x8,
    MovedIn = 0x80,
    Created = 0x100,
    DeletedSelf = 0x400,
    MovedSelf = 0x800,

    /// <summary>The kernel's queue was full: events were lost.</summary>
    Overflow = 0x4000,

    /// <summary>The watch is gone.</summary>
    Ignored = 0x8000,
}
