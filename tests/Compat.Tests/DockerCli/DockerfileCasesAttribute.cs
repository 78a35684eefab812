using System.Reflection;
using Argosy.CompatTests.Engines;
using Xunit.Sdk;

namespace Argosy.CompatTests.DockerCli;

/// <summary>All cases of <c>dockerfiles/</c>; skipped, and said so, where there is no dockerd or no client that builds with its BuildKit.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DockerfileCasesAttribute : DataAttribute
{
    /// <summary>Debian's client: it speaks BuildKit's protocol without a plugin.</summary>
    internal const string BuildKitClient = "/usr/bin/docker";

    public DockerfileCasesAttribute() => Skip = DockerDaemon.IsInstalled && File.Exists(BuildKitClient) ? null : "dockerd and Debian's docker are not installed";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => DockerfileCase.Names.Select(name => new object[] { name });
}
