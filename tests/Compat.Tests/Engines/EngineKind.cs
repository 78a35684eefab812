namespace Argosy.CompatTests.Engines;

/// <summary>Whose behaviour a case asks for: ours, or the one that ours is measured by.</summary>
public enum EngineKind
{
    Argosyd,
    Dockerd,
}
