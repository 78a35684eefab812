using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>A canonical build node to a <see cref="StackBuild"/>.</summary>
internal static class BuildBinder
{
    internal static StackBuild Bind(MapReader reader)
    {
        reader.Refuse("additional_contexts", "cache_to", "entitlements", "isolation", "privileged", "provenance", "sbom", "secrets", "ssh", "ulimits");
        var build = new StackBuild
        {
            Context = reader.Required("context"),
            Dockerfile = reader.Text("dockerfile"),
            DockerfileInline = reader.Text("dockerfile_inline"),
            Args = reader.NullableTexts("args"),
            Labels = reader.TextMap("labels"),
            CacheFrom = reader.Texts("cache_from"),
            ExtraHosts = reader.Texts("extra_hosts"),
            Network = reader.Text("network"),
            NoCache = reader.Flag("no_cache"),
            Platforms = reader.Texts("platforms"),
            Pull = reader.Flag("pull"),
            ShmSize = reader.Bytes("shm_size"),
            Tags = reader.Texts("tags"),
            Target = reader.Text("target"),
        };
        reader.End();
        if (build.Dockerfile is not null && build.DockerfileInline is not null)
            throw reader.Error("dockerfile", "can't be combined with dockerfile_inline");
        if (HostPath.IsRemoteContext(build.Context))
            throw reader.Error("context", $"a remote context is not supported by Argosy: {build.Context}");
        return build;
    }
}
