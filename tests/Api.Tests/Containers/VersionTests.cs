using Argosy.Engine.Containers.Model;

namespace Argosy.Api.Tests.Containers;

/// <summary>Requests of older API versions mean what they meant.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("1.39", "shareable")]
    [InlineData("1.40", "private")]
    public void The_default_of_IpcMode(string version, string mode) => Assert.Equal(mode, Requests.Shown("{}", version).IpcMode);

    [Theory]
    [InlineData("1.24", false)]
    [InlineData("1.25", true)]
    public void AutoRemove_was_the_clients_work(string version, bool removes) => Assert.Equal(removes, Requests.Shown("""{"AutoRemove":true}""", version).AutoRemove);

    [Theory]
    [InlineData("1.42", false)]
    [InlineData("1.43", true)]
    public void Annotations_came_with_1_43(string version, bool kept) =>
        Assert.Equal(kept, Requests.Shown("""{"Annotations":{"a":"b"}}""", version).Annotations is { Count: 1 });

    [Theory]
    [InlineData("1.43", true)]
    [InlineData("1.44", false)]
    public void A_read_only_bind_mount_did_not_hold_for_what_is_below(string version, bool nonRecursive)
    {
        MountPoint mount = Assert.Single(Requests.Translate("""{"HostConfig":{"Mounts":[{"Type":"bind","Source":"/tmp","Target":"/x","ReadOnly":true}]}}""", version).Specification.Mounts);
        Assert.Equal(nonRecursive, mount.ReadOnlyNonRecursive);
    }

    [Fact]
    public void A_subpath_needs_1_45() =>
        Assert.Equal("VolumeOptions.Subpath needs API v1.45 or newer",
            Requests.Refusal("""{"HostConfig":{"Mounts":[{"Type":"volume","Source":"vol","Target":"/x","VolumeOptions":{"Subpath":"y"}}]}}""", "1.44"));

    [Fact]
    public void A_mount_of_an_image_needs_1_48() =>
        Assert.Equal("mount type \"image\" needs API v1.48 or newer",
            Requests.Refusal("""{"HostConfig":{"Mounts":[{"Type":"image","Source":"busybox","Target":"/x"}]}}""", "1.47"));

    [Fact]
    public void One_network_was_the_most_before_1_44()
    {
        const string Two = """{"NetworkingConfig":{"EndpointsConfig":{"b":{},"a":{}}}}""";
        Assert.Equal("Container cannot be connected to network endpoints: a, b", Requests.Refusal(Two, "1.43"));
        Assert.Equal(2, Requests.Translate(Two, "1.44").Specification.Endpoints.Count);
    }

    [Fact]
    public void The_containers_MacAddress_is_its_endpoints_and_deprecated_since_1_44()
    {
        const string Mac = """{"MacAddress":"02:42:ac:11:00:99"}""";
        foreach (string version in (string[])["1.43", "1.44"])
        {
            (ContainerSpecification specification, IReadOnlyList<string> warnings) = Requests.Translate(Mac, version);
            EndpointSettings endpoint = Assert.Single(specification.Endpoints);
            Assert.Equal(("bridge", "02:42:ac:11:00:99"), (endpoint.Network, endpoint.MacAddress));
            Assert.Equal(version == "1.44", warnings.Any(warning => warning.StartsWith("The container-wide MacAddress field is now deprecated.", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_MacAddress_goes_to_the_network_of_the_mode() =>
        Assert.Equal(["", "02:42:ac:11:00:99"], Requests.Translate(
            """{"MacAddress":"02:42:ac:11:00:99","HostConfig":{"NetworkMode":"front"},"NetworkingConfig":{"EndpointsConfig":{"back":{},"front":{"Aliases":["x"]}}}}""")
            .Specification.Endpoints.Select(endpoint => endpoint.MacAddress));

    [Theory]
    [InlineData("""{"MacAddress":"zz"}""", "1.51", "invalid MAC address: zz")]
    [InlineData("""{"MacAddress":"02:42:ac:11:00:99","HostConfig":{"NetworkMode":"host"}}""", "1.43", "conflicting options: mac-address and the network mode")]
    [InlineData("""{"MacAddress":"02:42:ac:11:00:99","NetworkingConfig":{"EndpointsConfig":{"bridge":{"MacAddress":"02:42:ac:11:00:98"}}}}""", "1.44", "the container-wide MAC address must match the endpoint-specific MAC address for the main network, or be left empty")]
    public void A_MacAddress_that_cannot_be(string body, string version, string words) => Assert.Equal(words, Requests.Refusal(body, version));

    [Fact]
    public void An_endpoints_own_MacAddress_was_not_looked_at_before_1_44()
    {
        const string Own = """{"NetworkingConfig":{"EndpointsConfig":{"bridge":{"MacAddress":"02:42:ac:11:00:98"}}}}""";
        Assert.Equal("", Assert.Single(Requests.Translate(Own, "1.43").Specification.Endpoints).MacAddress);
        Assert.Equal("02:42:ac:11:00:98", Assert.Single(Requests.Translate(Own, "1.44").Specification.Endpoints).MacAddress);
    }
}
