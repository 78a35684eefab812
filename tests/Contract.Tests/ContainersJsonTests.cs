using System.Text.Json;
using Argosy.Contract.Containers;

namespace Argosy.Contract.Tests;

public class ContainersJsonTests
{
    private static ContainerCreateRequest Read(string json) =>
        JsonSerializer.Deserialize(json, ContainersJson.Default.ContainerCreateRequest)!;

    [Fact]
    public void A_create_request_with_nulls_reads_as_if_they_were_absent()
    {
        ContainerCreateRequest request = Read("""
            {"Hostname":null,"Tty":null,"Env":null,"Cmd":null,"HostConfig":{"Memory":null,"PidsLimit":null,"OomKillDisable":null,"NetworkMode":null}}
            """);

        Assert.Equal("", request.Hostname);
        Assert.False(request.Tty);
        Assert.Null(request.Cmd);
        Assert.Equal(0, request.HostConfig!.Memory);
        Assert.Null(request.HostConfig.PidsLimit);
        Assert.Null(request.HostConfig.OomKillDisable);
        Assert.Equal("", request.HostConfig.NetworkMode);
    }

    [Fact]
    public void Zero_is_told_from_absent_where_the_engine_tells_them_apart()
    {
        ContainerCreateRequest request = Read("""{"StopTimeout":0,"HostConfig":{"PidsLimit":0,"MemorySwappiness":0,"Init":false}}""");

        Assert.Equal(0, request.StopTimeout);
        Assert.Equal(0, request.HostConfig!.PidsLimit);
        Assert.Equal(0, request.HostConfig.MemorySwappiness);
        Assert.False(request.HostConfig.Init);
        Assert.Null(Read("{}").StopTimeout);
    }

    [Theory]
    [InlineData("""{"Cmd":"ls","Entrypoint":["/bin/sh","-c"]}""", new[] { "ls" }, new[] { "/bin/sh", "-c" })]
    [InlineData("""{"cmd":["ls","-l"],"ENTRYPOINT":"sh"}""", new[] { "ls", "-l" }, new[] { "sh" })]
    public void Command_and_entry_point_are_a_string_or_an_array(string json, string[] command, string[] entrypoint)
    {
        ContainerCreateRequest request = Read(json);

        Assert.Equal(command, request.Cmd);
        Assert.Equal(entrypoint, request.Entrypoint);
    }

    [Fact]
    public void Maps_keep_their_keys_and_null_values()
    {
        ContainerCreateRequest request = Read("""
            {"Labels":{"a":"1"},"ExposedPorts":{"80/tcp":{}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":"8080"}],"81/tcp":null}},
             "NetworkingConfig":{"EndpointsConfig":{"front":{"Aliases":["web"],"IPAMConfig":{"IPv4Address":"10.1.0.7"}},"back":null}}}
            """);

        Assert.Equal("1", request.Labels!["a"]);
        Assert.Contains("80/tcp", request.ExposedPorts!.Keys);
        Assert.Equal("8080", Assert.Single(request.HostConfig!.PortBindings!["80/tcp"]!).HostPort);
        Assert.Null(request.HostConfig.PortBindings["81/tcp"]);
        Assert.Equal("10.1.0.7", request.NetworkingConfig!.EndpointsConfig!["front"]!.IpamConfig!.IPv4Address);
        Assert.Null(request.NetworkingConfig.EndpointsConfig["back"]);
    }

    [Fact]
    public void Unset_optional_values_are_left_out_and_empty_lists_are_null()
    {
        string json = JsonSerializer.Serialize(new ContainerCreateRequest { Image = "busybox", HostConfig = new HostConfig() }, ContainersJson.Default.ContainerCreateRequest);
        using var document = JsonDocument.Parse(json);

        Assert.False(document.RootElement.TryGetProperty("StopTimeout", out _));
        Assert.False(document.RootElement.TryGetProperty("MacAddress", out _));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("Env").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("HostConfig").GetProperty("PidsLimit").ValueKind);
    }
}
