namespace Argosy.Linux.Files;

/// <summary>openat2(2)'s RESOLVE_ flags: how far a path may lead.</summary>
[Flags]
internal enum ResolveFlags
{
    None = 0,
    NoMountCrossing = 1,
    NoMagicLinks = 2,
    NoSymbolicLinks = 4,
    Beneath = 8,
    InRoot = 16,
}
