using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.Api.Http;
using Argosy.Api.Routes.Exec;
using Argosy.Api.Tests.Containers;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Api.Tests.Fields;

/// <summary>No field is read and forgotten: each changes what the engine is asked for, or is refused by name, or is known to mean nothing.</summary>
public sealed class FieldTests
{
    public static TheoryData<string> Names => [.. Field.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_field_becomes_what_the_table_says(string name)
    {
        Field field = Field.All.Single(candidate => candidate.Name == name);
        if (field.Name == "Image")
            return; // every other row needs one
        switch (field.Kind)
        {
            case "honoured":
                Assert.NotEqual(Translate(field, field.Without).Specification, Translate(field, field.With).Specification);
                break;
            case "refused":
                Assert.Contains(field.Words, Assert.Throws<EngineException>(() => Translate(field, field.With)).Message, StringComparison.Ordinal);
                break;
            case "warned":
                Assert.Contains(Translate(field, field.With).Warnings, warning => warning.Contains(field.Words, StringComparison.Ordinal));
                Assert.Empty(Translate(field, field.Without).Warnings);
                break;
            case "shown":
                Assert.Equal(Translate(field, field.Without).Specification, Translate(field, field.With).Specification);
                Assert.NotEqual(Translate(field, field.Without).Shown, Translate(field, field.With).Shown);
                break;
            case "no effect":
                Assert.Equal(Translate(field, field.Without).Specification, Translate(field, field.With).Specification);
                break;
            default:
                Assert.Fail($"{field.Name}: {field.Outcome}");
                break;
        }
    }

    [Fact]
    public void The_table_has_every_field_that_we_read()
    {
        string[] read =
        [
            .. Wire(typeof(Contract.Containers.ContainerConfig), ""), .. Wire(typeof(HostConfig), "HostConfig."), .. Wire(typeof(Mount), "HostConfig.Mounts[]."),
            .. Wire(typeof(BindOptions), "HostConfig.Mounts[].BindOptions."), .. Wire(typeof(VolumeOptions), "HostConfig.Mounts[].VolumeOptions."),
            .. Wire(typeof(TmpfsOptions), "HostConfig.Mounts[].TmpfsOptions."), .. Wire(typeof(HealthConfig), "Healthcheck."),
            .. Wire(typeof(Contract.Containers.EndpointSettings), "EndpointSettings."), .. Wire(typeof(EndpointIpamConfig), "EndpointSettings.IPAMConfig."),
            .. Wire(typeof(ExecCreateRequest), "ExecConfig."), .. Wire(typeof(Contract.Containers.RestartPolicy), "HostConfig.RestartPolicy."),
            .. Wire(typeof(Contract.Containers.DeviceMapping), "HostConfig.Devices[]."), .. Wire(typeof(Ulimit), "HostConfig.Ulimits[]."),
        ];
        HashSet<string> listed = [.. Field.All.Select(field => field.Name)];
        Assert.Empty(read.Except(listed));
        // And the other way round: what the specification has and we do not even read would be ignored.
        Assert.Empty(listed.Where(name => !name.Contains("[]", StringComparison.Ordinal) && name.Split('.') is [_] or ["HostConfig", _] or ["ExecConfig", _] or ["Healthcheck", _] or ["EndpointSettings", _]).Except(read));
    }

    private static IEnumerable<string> Wire(Type type, string prefix) =>
        ContainersJson.Default.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties.Select(property => prefix + property.Name) : throw new InvalidOperationException(type.Name);

    private static (string Specification, string Shown, IReadOnlyList<string> Warnings) Translate(Field field, string body)
    {
        if (field.IsExec)
            return (JsonSerializer.Serialize(ExecTranslator.Translate(JsonSerializer.Deserialize(body, ContainersJson.Default.ExecCreateRequest)!, ApiVersion.Newest)), "", []);
        (ContainerSpecification specification, IReadOnlyList<string> warnings) = Requests.Translate(body);
        // An anonymous volume's name is another each time.
        return (JsonSerializer.Serialize(specification with { HostConfigJson = "" }), specification.HostConfigJson, warnings);
    }
}
