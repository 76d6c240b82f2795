using Aegis.Core.Transactions;
using Aegis.Scoring.Audit;
using Aegis.Streams.Appending;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary>Registers the services that the endpoints use.</summary>
internal static class ApiServices
{
    /// <summary>Registers the request reader, the card tokeniser, the appender, and the intake of labels and of ingestions.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<TransactionAppender>();
        services.AddSingleton<CallerFaults>();
        services.AddSingleton<ConnectionLimit>();
        services.AddSingleton<RequestReader>();
        services.AddSingleton<DeadLetterDriver>();
        services.AddSingleton<ReadYourWrites>();
        services.AddSingleton<LabelIntake>();
        services.AddSingleton<ListIntake>();
        services.AddSingleton<AuditTrail>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddSingleton<BudgetReview>();
        services.AddSingleton<IngestionIntake>();
        services.AddSingleton<IngestionKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestionKeeper>());
        return services.AddSingleton(
            provider => new CardTokeniser(
                TokenKeyFile.ReadOrCreate(provider.GetRequiredService<IOptions<ScoringOptions>>().Value.TokenKeyPath)));
    }
}
