using Aegis.Core.Faults;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Models;
using Aegis.Scoring.Operator;
using Aegis.ServiceDefaults;
using Microsoft.Extensions.Options;

if (OperatorCommands.AreMeantBy(args))
{
    return await OperatorCommands.RunAsync(args);
}

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults(ScoringTelemetry.Name, InputMetrics.MeterName);
    builder.AddScoring();
    builder.AddRehearsal();

    var app = builder.Build();
    // What prevents a start is reported in one sentence here, before the host would add a page to it.
    _ = app.Services.GetRequiredService<ModelRegistry>();
    _ = app.Services.GetRequiredService<CardTokeniser>();
    app.MapScoring();
    var ending = app.Services.GetRequiredService<RunEnding>();
    app.Run();
    return ending.ExitCode;
}
catch (Exception e) when (
    e is EvictionException or StoreException or FraudModelFormatException or OptionsValidationException or InvalidDataException
        or ArgumentException or FormatException or UnauthorizedAccessException || FaultMessage.IsOfASetting(e))
{
    await Console.Error.WriteLineAsync($"aegis scoring: {FaultMessage.Of(e)}");
    return 1;
}
