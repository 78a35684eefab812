using System.Reflection;
using Argosy.CompatTests.NodeClients;
using Xunit.Sdk;

namespace Argosy.CompatTests.Engines;

/// <summary>The case is run against argosyd.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnArgosydAttribute : DataAttribute
{
    /// <summary>True: it needs node, and is skipped where there is none.</summary>
    public bool Node
    {
        get => Skip is not null;
        set => Skip = value ? NodeFixture.Missing : null;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[EngineKind.Argosyd]];
}
