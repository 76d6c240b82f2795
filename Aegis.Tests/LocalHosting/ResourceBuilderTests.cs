using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Aegis.Tests.LocalHosting;

public sealed class ResourceBuilderTests
{
    private readonly ResourceBuilder<ProjectResource> _scoring = new(null!, new ProjectResource("scoring", "/src/Scoring.csproj"));
    private readonly ResourceBuilder<ProjectResource> _dashboard = new(null!, new ProjectResource("dashboard", "/src/Dashboard.csproj"));

    [Fact]
    public void WithReference_OfReplicas_InjectsOneAddressEach()
    {
        _scoring.WithHttpEndpoint(port: 5081).WithReplicas(3);
        _dashboard.WithReference(_scoring);
        var variables = Environment(_dashboard);
        Assert.Equal("http://localhost:5081", variables["services__scoring__http__0"]);
        Assert.Equal("http://localhost:5181", variables["services__scoring__http__1"]);
        Assert.Equal("http://localhost:5281", variables["services__scoring__http__2"]);
    }

    [Fact]
    public void WithReference_OfRedis_InjectsAConnectionStringThatOurClientReads()
    {
        var redis = new ResourceBuilder<RedisResource>(null!, new RedisResource("redis", new ParameterResource("redis-password", () => "secret")));
        redis.Resource.Endpoints.Add(new EndpointOptions("tcp", 6390));
        _dashboard.WithReference(redis);
        var endpoint = Aegis.Streams.Redis.RedisEndpoint.Parse(Environment(_dashboard)["ConnectionStrings__redis"]);
        Assert.Equal(("localhost", 6390, "secret"), (endpoint.Host, endpoint.Port, endpoint.Password));
    }

    [Fact]
    public void WithHttpEndpoint_WithoutAPort_SaysWhichResourceLacksIt() =>
        Assert.Contains("scoring", Assert.Throws<DistributedApplicationException>(() => _scoring.WithHttpEndpoint()).Message, StringComparison.Ordinal);

    private static Dictionary<string, string> Environment(ResourceBuilder<ProjectResource> builder)
    {
        var variables = new Dictionary<string, string>();
        builder.Resource.Environment.ForEach(configure => configure(variables));
        return variables;
    }
}
