using Aegis.Scoring.Commits;
using Aegis.Streams;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Storage;

/// <summary>Registers the store and its upkeep.</summary>
internal static class StorageServices
{
    /// <summary>Registers the store, its readers, its writer, its index and its maintenance.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => Store.Open(
            provider.GetRequiredService<IOptions<ScoringOptions>>().Value.StorePath,
            provider.GetRequiredService<StreamOptions>().ShardCount));
        services.AddCommitObserver<RecentDecisions>();
        services.AddSingleton<DecisionIndex>();
        services.AddSingleton<DecisionStore>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<IngestionStore>();
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<LabelStore>();
        services.AddSingleton<FactStore>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<BudgetStore>();
        services.AddSingleton<RankedPayments>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<SuiteStore>();
        services.AddSingleton<ChannelStore>();
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<ListStore>();
        services.AddSingleton<ListReader>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<CaseStore>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<CaseFileStore>();
        services.AddSingleton<VerdictStore>();
        services.AddSingleton<BacktestStore>();
        services.AddSingleton<StoredOutcomes>();
        services.AddSingleton<ReferencePayments>();
        services.AddSingleton<ConfirmedFrauds>();
        services.AddSingleton<FeatureExport>();
        services.AddSingleton<StoredPayments>();
        services.AddSingleton<PatientReads>();
        services.AddSingleton<KnownVerdicts>();
        services.AddSingleton<StoreWriter>();
        services.AddSingleton<Caretaker>();
        services.AddSingleton<IndexBuilder>();
        services.AddSingleton<Retention>();
        return services.AddHostedService<StoreMaintenance>();
    }
}
