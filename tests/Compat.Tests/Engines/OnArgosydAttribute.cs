using System.Reflection;
using Xunit.Sdk;

namespace Argosy.CompatTests.Engines;

/// <summary>The case is run against argosyd.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnArgosydAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[EngineKind.Argosyd]];
}
