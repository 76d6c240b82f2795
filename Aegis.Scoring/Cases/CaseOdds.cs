using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Cases;

/// <summary>The share of frauds among decided alerts of like risk, for the priority of cases. Asked anew each minute.</summary>
/// <remarks>
/// Of n decided alerts in a band of one unit of risk, f of them fraud, the share is (f + k·s) / (n + k) with k = 20 and s the share
/// over all bands, (F + 1) / (N + 10): a tenth before the first verdict.
/// </remarks>
internal sealed class CaseOdds(CaseReader cases, TimeProvider time)
{
    private const double Weight = 20;
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private IReadOnlyDictionary<int, (long Frauds, long All)> _bands = new Dictionary<int, (long, long)>();
    private long? _asked;

    /// <summary>The share at a risk, above 0 and below 1.</summary>
    public double At(double risk)
    {
        if (_asked is not { } asked || time.GetElapsedTime(asked) > Age)
        {
            (_asked, _bands) = (time.GetTimestamp(), cases.Judged());
        }

        return Share(_bands, risk);
    }

    /// <summary>The share at a risk by what was decided.</summary>
    internal static double Share(IReadOnlyDictionary<int, (long Frauds, long All)> bands, double risk)
    {
        var all = (bands.Values.Sum(band => band.Frauds) + 1.0) / (bands.Values.Sum(band => band.All) + 10);
        var (frauds, count) = bands.GetValueOrDefault((int)risk);
        return (frauds + (Weight * all)) / (count + Weight);
    }
}
