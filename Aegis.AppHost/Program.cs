using Aegis.AppHost;
using Aegis.AppHost.Commands;
using Aegis.AppHost.Supervision;

if (UpOptions.Parse(args, out var exitCode) is not { } up)
{
    return exitCode;
}

try
{
    TakenPorts.Refuse(up);
    await RedisShape.RefuseAsync(up);
    using var data = DataFolder.Open(up);
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions());
    builder.AddSupervision(up, data);

    var redis = builder.AddLog("redis", up, data);

    var training = builder.AddService<Projects.Aegis_Training>("training", "BrainCircuit")
        .WithArgs(up.TrainingArguments(data.Model(up)))
        .WithTrainingCommands(up, data);

    var scoring = builder.AddService<Projects.Aegis_Scoring>("scoring", "ShieldCheckmark")
        .WithEndpointAt(up.ScoringPort, "API reference", "/openapi/v1.json")
        .WithSettings(up.ScoringSettings(data)).WithFilesOf(redis).WithAnnotation(new FileFolder(data.StoreFolder))
        .WithReference(redis).WaitFor(redis).WaitForModel(training, data.HasModel(up))
        .WithScoringCommands(up, data);

    builder.AddService<Projects.Aegis_Dashboard>("dashboard", "DataPie")
        .WithEndpointAt(up.DashboardPort, "Fraud dashboard", "/")
        .WithSettings(up.DashboardSettings())
        .WithReference(redis).WithReference(scoring).WaitFor(redis);

    if (up.HasProducer)
    {
        builder.AddService<Projects.Aegis_Producer>("producer", "PaymentWireless")
            .WithEndpointAt(up.ProducerPort, "Scenarios", "/scenarios")
            .WithArgs(up.ProducerArguments(data))
            .WithReference(redis).WaitFor(scoring)
            .WithProducerCommands(up);
    }

    return builder.Build().RunToEnd();
}
catch (Exception e) when (e is DistributedApplicationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"aegis: {e.Message}");
    return 1;
}
