using Argosy.Core;
using Argosy.Runtime.Oci;

namespace Argosy.Runtime.Tests;

public sealed class SeccompProfilesTests
{
    private readonly SeccompProfiles profiles = new(new RuntimeOptions());

    [Fact]
    public void Conditions_on_capabilities_are_decided()
    {
        const string Profile = """
            {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":1,
             "archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]},{"architecture":"SCMP_ARCH_AARCH64","subArchitectures":["SCMP_ARCH_ARM"]}],
             "syscalls":[{"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}},
                         {"names":["reboot"],"action":"SCMP_ACT_ALLOW","excludes":{"caps":["CAP_SYS_ADMIN"]}},
                         {"name":"read","action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":1,"valueTwo":2,"op":"SCMP_CMP_EQ"}]},
                         {"names":["future"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"99.0"}}]}
            """;
        OciSeccomp admin = profiles.Resolve(SeccompSetting.Custom(Profile), ["CAP_SYS_ADMIN"])!.Profile;
        OciSeccomp plain = profiles.Resolve(SeccompSetting.Custom(Profile), [])!.Profile;
        Assert.Equal(["mount", "read"], admin.Syscalls.SelectMany(rule => rule.Names));
        Assert.Equal(["reboot", "read"], plain.Syscalls.SelectMany(rule => rule.Names));
        Assert.Equal(2, plain.Architectures.Count);
        Assert.Equal(1u, plain.DefaultErrnoRet);
        Assert.Equal(2ul, Assert.Single(plain.Syscalls[1].Args!).ValueTwo);
    }

    [Fact]
    public void Unconfined_is_no_filter() => Assert.Null(profiles.Resolve(SeccompSetting.Unconfined, []));

    [Fact]
    public void A_missing_default_profile_is_an_error_and_not_a_container_without_one()
    {
        var missing = new SeccompProfiles(new RuntimeOptions { SeccompProfile = "/nonexistent/seccomp.json" });
        Assert.Throws<EngineException>(() => missing.Resolve(SeccompSetting.Default, []));
    }

    [Fact]
    public void Broken_json_is_the_users_mistake() =>
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<EngineException>(() => profiles.Resolve(SeccompSetting.Custom("{"), [])).Kind);
}
