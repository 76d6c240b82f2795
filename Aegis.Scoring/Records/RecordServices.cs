namespace Aegis.Scoring.Records;

/// <summary>Registers records of decisions.</summary>
internal static class RecordServices
{
    /// <summary>Registers the records, and what computes a decision again.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services)
    {
        services.AddSingleton<DecisionRepeat>();
        return services.AddSingleton<DecisionRecords>();
    }
}
