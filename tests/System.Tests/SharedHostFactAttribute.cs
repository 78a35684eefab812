namespace Argosy.SystemTests;

/// <summary>Skipped, and said so, where dockerd or podman are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedHostFactAttribute : FactAttribute
{
    public SharedHostFactAttribute() => Skip = SharedHost.IsPossible ? null : "dockerd and podman are not both installed";
}
