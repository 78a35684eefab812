using System.Runtime.CompilerServices;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>Debian's docker-registry on loopback: what is pushed comes back, and skopeo reads and writes the same.</summary>
public sealed class RegistryTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    [Theory, OnArgosyd, OnDockerd]
    public Task Push_and_pull_with_the_digest_that_skopeo_reads(EngineKind kind) => RunAsync(kind, "registry.txt", password: false);

    [Theory, OnArgosyd, OnDockerd]
    public Task Pull_from_an_index_of_several_platforms(EngineKind kind) => RunAsync(kind, "platforms.txt", password: false);

    [Theory, OnArgosyd, OnDockerd]
    public Task Login_push_pull_and_logout_at_a_registry_with_a_password(EngineKind kind) => RunAsync(kind, "login.txt", password: true);

    [Theory, OnArgosyd, OnDockerd]
    public Task Pull_layers_compressed_with_gzip(EngineKind kind) => RunAsync(kind, "gzip.txt", password: false);

    [Theory, OnArgosyd, OnDockerd(Unfit = "docker 20.10 does not unpack zstd; 23 and newer do")]
    public Task Pull_layers_compressed_with_zstd(EngineKind kind) => RunAsync(kind, "zstd.txt", password: false);

    private Task RunAsync(EngineKind kind, string script, bool password, [CallerMemberName] string name = "") => OnAsync(kind, async engine =>
    {
        await using RegistryProcess registry = await (password ? DockerRegistry.StartWithPasswordAsync(engine) : DockerRegistry.StartAsync(engine));
        await Script.RunAsync(engine, script, new Dictionary<string, string?> { ["REGISTRY"] = registry.Address });
    }, name);
}
