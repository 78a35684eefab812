namespace Argosy.Compose.Tests;

public class ErrorTests
{
    [Theory]
    [InlineData("imge: x", "compose.yaml:4: services.a.imge: additional property 'imge' is not allowed")]
    [InlineData("gpus: all", "compose.yaml:4: services.a.gpus: is not supported by Argosy")]
    [InlineData("build: {context: ., foo: 1}", "compose.yaml:4: services.a.build.foo: additional property 'foo' is not allowed")]
    [InlineData("build: {context: ., ssh: [default]}", "compose.yaml:4: services.a.build.ssh: is not supported by Argosy")]
    [InlineData("deploy: {placement: {constraints: [a]}}", "compose.yaml:4: services.a.deploy.placement: is not supported by Argosy")]
    [InlineData("mem_limit: lots", "compose.yaml:4: services.a.mem_limit: must be a size such as 64m, not \"lots\"")]
    [InlineData("init: perhaps", "compose.yaml:4: services.a.init: must be a boolean, not \"perhaps\"")]
    [InlineData("stop_grace_period: 10", "compose.yaml:4: services.a.stop_grace_period: must be a duration such as 1m30s, not \"10\"")]
    [InlineData("image: [x]", "compose.yaml:4: mapping key \"image\" already defined at line 3")]
    [InlineData("user: [x]", "compose.yaml:4: services.a.user: must be a string, not a list")]
    [InlineData("cap_add: x", "compose.yaml:4: services.a.cap_add: must be a list, not a scalar")]
    [InlineData("restart: sometimes", "compose.yaml:4: services.a.restart: invalid restart policy 'sometimes'")]
    [InlineData("command: \"a 'b\"", "compose.yaml:4: invalid command line string: a 'b")]
    [InlineData("user: ${X:?set it}", "compose.yaml:4: services.a.user: required variable X is missing a value: set it")]
    [InlineData("volumes: [data:/x]", "service \"a\" refers to undefined volume data: invalid compose project")]
    [InlineData("networks: [n]", "service \"a\" refers to undefined network n: invalid compose project")]
    [InlineData("secrets: [n]", "service \"a\" refers to undefined secret n: invalid compose project")]
    [InlineData("depends_on: [n]", "service \"a\" depends on undefined service \"n\": invalid compose project")]
    [InlineData("depends_on: {a: {condition: maybe}}", "compose.yaml:4: services.a.depends_on.a.condition: must be service_started, service_healthy or service_completed_successfully, not \"maybe\"")]
    [InlineData("depends_on: [a]", "dependency cycle detected: a -> a")]
    [InlineData("container_name: x\nscale: 2", "compose.yaml:4: services.a.container_name: can't set container_name and scale to 2")]
    [InlineData("network_mode: host\nnetworks: [default]", "compose.yaml:4: services.a.network_mode: declares mutually exclusive `network_mode` and `networks`")]
    public void A_wrong_service_is_refused_with_file_line_and_key(string fields, string message) =>
        Assert.Equal(message, ProjectFolder.ServiceError(fields));

    [Theory]
    [InlineData("services:\n  a: {}", "compose.yaml:2: services.a: has neither an image nor a build context specified")]
    [InlineData("services:\n  a:\n    image: x\nfoo: 1", "compose.yaml:4: foo: additional property 'foo' is not allowed")]
    [InlineData("include: [x.yaml]\nservices:\n  a:\n    image: x", "compose.yaml:1: include: is not supported by Argosy: name the files with -f")]
    [InlineData("services: [a]", "compose.yaml:1: services: must be a mapping, not a list")]
    [InlineData("- a", "compose.yaml:1: top-level object must be a mapping, not a list")]
    [InlineData("services:\n  a:\n    image: *x", "compose.yaml:3: unknown anchor 'x' referenced")]
    [InlineData("services:\n  a:\n    image: x\n    secrets: [s]\nsecrets:\n  s: {external: true}", "compose.yaml:6: secrets.s.external: external secrets and configs need a Swarm, which Argosy is not: use file or environment")]
    public void A_wrong_file_is_refused(string yaml, string message) => Assert.Equal(message, ProjectFolder.Error(yaml));

    [Fact]
    public void Broken_YAML_names_its_line() => Assert.StartsWith("compose.yaml:3: yaml:", ProjectFolder.Error("services:\n  a:\n    image: \"x\n"));

    [Fact]
    public void Nested_anchors_cannot_explode()
    {
        string yaml = "x-a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range('b', 8).Select(c => $"x-{(char)c}: &{(char)c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"));
        Assert.Contains("too large", ProjectFolder.Error(yaml + "services: {}"));
    }
}
