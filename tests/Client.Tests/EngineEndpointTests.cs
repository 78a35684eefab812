namespace Argosy.Client.Tests;

public class EngineEndpointTests
{
    [Theory]
    [InlineData("tcp://10.0.0.1", "10.0.0.1", 2375)]
    [InlineData("tcp://10.0.0.1:9000", "10.0.0.1", 9000)]
    [InlineData("http://engine:80/", "engine", 80)]
    [InlineData("tcp://[::1]:2375", "::1", 2375)]
    [InlineData("tcp://:2375", "127.0.0.1", 2375)]
    public void A_tcp_endpoint_has_a_host_and_a_port(string text, string host, int port)
    {
        var endpoint = EngineEndpoint.Parse(text);

        Assert.Equal((host, port, null), (endpoint.Host, endpoint.Port, endpoint.SocketPath));
    }

    [Fact]
    public void A_unix_endpoint_has_a_path() => Assert.Equal("/run/x.sock", EngineEndpoint.Parse("unix:///run/x.sock").SocketPath);

    [Theory]
    [InlineData("ssh://host")]
    [InlineData("npipe:////./pipe/docker_engine")]
    [InlineData("unix://")]
    [InlineData("tcp://host:port")]
    [InlineData("/run/x.sock")]
    public void What_we_do_not_speak_is_refused(string text) => Assert.Throws<FormatException>(() => EngineEndpoint.Parse(text));

    [Fact]
    public void Tls_has_its_own_default_port() =>
        Assert.Equal(2376, EngineEndpoint.Parse("tcp://engine", new TlsFiles(null, null, null)).Port);
}
