using Aegis.AppHost;

if (UpOptions.Parse(args, out var exitCode) is not { } up)
{
    return exitCode;
}

try
{
    using var data = DataFolder.Open(up);
    var builder = DistributedApplication.CreateBuilder(args);
    up.Configure(builder.Configuration, data);

    var redis = builder.AddRedis("redis", up.RedisPort, builder.AddParameter("redis-password", secret: true))
        .WithDataVolume("redis")
        .WithArgs("--appendonly", "yes", "--appendfsync", "always");

    var training = builder.AddProject("training", "../Aegis.Training/Aegis.Training.csproj")
        .WithArgs(up.TrainingArguments(data));

    var scoring = builder.AddProject("scoring", "../Aegis.Scoring/Aegis.Scoring.csproj")
        .WithHttpEndpoint(port: up.ScoringPort, name: "http")
        .WithHttpHealthCheck("/health")
        .WithExternalHttpEndpoints()
        .WithEnvironment("Scoring__StorePath", data.Store)
        .WithEnvironment("Scoring__ModelPath", data.Model(up))
        .WithEnvironment("Scoring__TokenKeyPath", data.TokenKey)
        .WithEnvironment("Scoring__RatesPath", up.RatesFile)
        .WithEnvironment("Scoring__ApiKey", up.ApiKey)
        .WithReference(redis).WaitFor(redis).WaitForCompletion(training);

    if (up.ReplayFile is not null)
    {
        // A replay appends the barriers of facts itself, by event time.
        scoring.WithEnvironment("Scoring__FactsIntervalSeconds", "0");
    }

    builder.AddProject("dashboard", "../Aegis.Dashboard/Aegis.Dashboard.csproj")
        .WithHttpEndpoint(port: up.DashboardPort, name: "http")
        .WithHttpHealthCheck("/health")
        .WithExternalHttpEndpoints()
        .WithEnvironment("Dashboard__ApiKey", up.ApiKey)
        .WithEnvironment("Dashboard__TracesUrl", up.AspireDashboardUrl)
        .WithReference(redis).WithReference(scoring).WaitFor(scoring);

    if (up.HasProducer)
    {
        builder.AddProject("producer", "../Aegis.Producer/Aegis.Producer.csproj")
            .WithArgs(up.ProducerArguments(data))
            .WithReference(redis).WaitFor(scoring);
    }

    builder.Build().Run();
    return 0;
}
catch (Exception e) when (e is DistributedApplicationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"aegis: {e.Message}");
    return 1;
}
