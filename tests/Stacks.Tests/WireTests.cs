using System.Text.Json;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks.Tests;

public class WireTests
{
    [Fact]
    public void What_a_client_leaves_out_has_its_default()
    {
        StackSpec spec = JsonSerializer.Deserialize("""{"name":"p","services":{"a":{"image":"x","depends_on":{"b":{"condition":"service_started"}},"ports":[{"target":80}]}}}""", StackWire.Info<StackSpec>())!;
        StackService service = spec.Services["a"];
        Assert.Empty(spec.Networks);
        Assert.Empty(service.Labels);
        Assert.Empty(service.CapAdd);
        Assert.True(service.DependsOn["b"].Required);
        Assert.Equal("tcp", service.Ports[0].Protocol);
        Assert.Null(service.Command);
    }

    [Fact]
    public void What_is_stored_comes_back()
    {
        var record = new StackRecord { Spec = StackHost.Spec("services: {a: {image: x, stop_grace_period: 1m30s, ports: [\"1:2\"], entrypoint: []}}"), Goal = StackGoal.Stopped, PendingUp = new UpOptions { Wait = true } };
        string json = JsonSerializer.Serialize(record, StacksJson.Default.StackRecord);
        StackRecord back = JsonSerializer.Deserialize(json, StacksJson.Default.StackRecord)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, StacksJson.Default.StackRecord));
        Assert.Equal(ConfigHash.Of(record.Spec, "a"), ConfigHash.Of(back.Spec, "a"));
        Assert.Empty(back.PendingUp!.Services);
        Assert.Empty(back.Spec.Services["a"].Entrypoint!);
    }
}
