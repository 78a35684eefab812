using Argosy.Engine.Containers.Model;

namespace Argosy.Api.Tests.Containers;

public sealed class TranslationTests
{
    [Theory]
    [InlineData("/data", "Volume", "", "/data", false)]
    [InlineData("/data:rw", "Volume", "", "/data", false)]
    [InlineData("name:/data", "Volume", "name", "/data", false)]
    [InlineData("/host/:/data/", "Bind", "/host", "/data", false)]
    [InlineData("/host:/data:ro,rslave", "Bind", "/host", "/data", true)]
    public void Binds_are_binds_named_volumes_or_anonymous_ones(string bind, string kind, string source, string destination, bool readOnly)
    {
        MountPoint mount = Assert.Single(Requests.Translate("{\"HostConfig\":{\"Binds\":[\"" + bind + "\"]}}").Specification.Mounts);
        Assert.Equal((kind, destination, readOnly), (mount.Kind.ToString(), mount.Destination, mount.ReadOnly));
        Assert.Equal(source.Length == 0, mount.Anonymous);
        if (source.Length > 0)
            Assert.Equal(source, mount.Kind == MountKind.Bind ? mount.Source : mount.Name);
    }

    [Fact]
    public void A_bind_mounts_options_are_taken_over()
    {
        MountPoint mount = Assert.Single(Requests.Translate("""
            {"HostConfig":{"Mounts":[{"Type":"bind","Source":"/a","Target":"/b","ReadOnly":true,
             "BindOptions":{"Propagation":"rshared","NonRecursive":true,"CreateMountpoint":true,"ReadOnlyForceRecursive":true}}]}}
            """).Specification.Mounts);
        Assert.Equal(("rshared", true, true, true, false), (mount.Propagation, mount.NonRecursive, mount.CreateSource, mount.ReadOnlyForceRecursive, mount.ReadOnlyNonRecursive));
    }

    [Fact]
    public void A_tmpfs_mounts_options_are_the_kernels()
    {
        MountPoint mount = Assert.Single(Requests.Translate("""
            {"HostConfig":{"Mounts":[{"Type":"tmpfs","Target":"/b","TmpfsOptions":{"SizeBytes":1048576,"Mode":960,"Options":[["exec"]]}}]}}
            """).Specification.Mounts);
        Assert.Equal(["exec", "size=1048576", "mode=1700"], mount.TmpfsOptions);
    }

    [Fact]
    public void No_masked_paths_is_not_the_default_list()
    {
        Assert.Empty(Requests.Host("""{"MaskedPaths":[]}""").MaskedPaths!);
        Assert.Contains("/proc/kcore", Requests.Host("{}").MaskedPaths!);
        Assert.Null(Requests.Host("""{"Privileged":true}""").MaskedPaths);
        Assert.Equal(["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"], Requests.Shown("{}").ReadonlyPaths);
    }

    [Fact]
    public void Security_options_are_read_in_both_spellings()
    {
        HostSettings host = Requests.Host("""{"SecurityOpt":["no-new-privileges","seccomp:unconfined","apparmor=unconfined","label=disable"]}""");
        Assert.Equal((true, "unconfined", null), (host.NoNewPrivileges, host.Seccomp, host.AppArmorProfile));
        Assert.Equal("{}", Requests.Host("""{"SecurityOpt":["seccomp={}"]}""").Seccomp);
        Assert.Equal("", Requests.Host("""{"SecurityOpt":["seccomp=unconfined","seccomp=builtin"]}""").Seccomp);
    }

    [Fact]
    public void Links_are_left_to_the_engine_as_they_are_written()
    {
        ContainerSpecification specification = Requests.Translate("""{"HostConfig":{"Links":["db:database"]},"NetworkingConfig":{"EndpointsConfig":{"front":{"Links":["cache:c"]}}}}""").Specification;
        Assert.Equal(["db:database"], specification.Links);
        Assert.Equal(["cache:c"], Assert.Single(specification.Endpoints).Links);
    }
}
