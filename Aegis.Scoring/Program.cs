using Aegis.Scoring;
using Aegis.Scoring.Api;
using Aegis.Scoring.Telemetry;
using Aegis.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(ScoringTelemetry.Name);
builder.AddScoring();

var app = builder.Build();
app.UseProblems();
app.UseStatusCodePages();
app.UseApiKey();
app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapDecisions();
app.MapTransactions();
app.MapDeadLetters();
app.MapShards();
app.Run();
