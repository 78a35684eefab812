using System.Reflection;
using Argosy.CompatTests.NodeClients;
using Xunit.Sdk;

namespace Argosy.CompatTests.Engines;

/// <summary>The case is run against the real dockerd too, which proves that it asks for the right thing; skipped, and said so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDockerdAttribute : DataAttribute
{
    private string? unfit;

    public OnDockerdAttribute() => Skip = DockerDaemon.IsInstalled ? null : "dockerd is not installed";

    /// <summary>Why Debian's dockerd (20.10, API 1.41) cannot pass it, though a newer one can.</summary>
    public string? Unfit
    {
        get => unfit;
        set => Skip = unfit = value;
    }

    /// <summary>True: it needs node, and is skipped where there is none.</summary>
    public bool Node
    {
        get => Skip is not null;
        set => Skip ??= value ? NodeFixture.Missing : null;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[EngineKind.Dockerd]];
}
