using Aegis.Scoring;
using Aegis.Scoring.Commands;
using Aegis.Scoring.Telemetry;
using Aegis.ServiceDefaults;

if (OperatorCommands.AreMeantBy(args))
{
    return await OperatorCommands.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(ScoringTelemetry.Name);
builder.AddScoring();

var app = builder.Build();
app.MapScoring();
app.Run();
return Environment.ExitCode;
