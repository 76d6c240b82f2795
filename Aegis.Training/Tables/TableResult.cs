using System.Text.Json.Serialization;
using Aegis.Training.Evaluating;

namespace Aegis.Training.Tables;

/// <summary>One model on one table: means over seeds, standard deviations between them, medians of the times.</summary>
/// <param name="Detector">The model.</param>
/// <param name="Auroc">The area under the ROC curve.</param>
/// <param name="AurocSd">The standard deviation of the AUROC between seeds.</param>
/// <param name="Ap">The average precision.</param>
/// <param name="ApSd">The standard deviation of the average precision between seeds.</param>
/// <param name="FitSeconds">The seconds to fit it, with the models that it builds on. A forest grows on all cores.</param>
/// <param name="RowsPerSecond">The rows scored in a second, on one core.</param>
internal sealed record TableResult(
    [property: JsonPropertyName("name")] Detector Detector,
    double Auroc, double AurocSd, double Ap, double ApSd, double FitSeconds, double RowsPerSecond)
{
    /// <summary>Joins the measurements of several seeds.</summary>
    public static TableResult Over(Detector detector, IReadOnlyList<TableMeasurement> seeds)
    {
        var (auroc, aurocSd) = Spread(seeds, m => m.Auroc);
        var (ap, apSd) = Spread(seeds, m => m.AveragePrecision);
        return new TableResult(detector, auroc, aurocSd, ap, apSd, Median(seeds, m => m.FitSeconds), Median(seeds, m => m.RowsPerSecond));
    }

    private static (double Mean, double Deviation) Spread(IReadOnlyList<TableMeasurement> seeds, Func<TableMeasurement, double> value)
    {
        var mean = seeds.Average(value);
        return (mean, seeds.Count < 2 ? 0 : Math.Sqrt(seeds.Sum(m => (value(m) - mean) * (value(m) - mean)) / (seeds.Count - 1)));
    }

    private static double Median(IReadOnlyList<TableMeasurement> seeds, Func<TableMeasurement, double> value)
    {
        double[] sorted = [.. seeds.Select(value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>The measurements of one model and one seed.</summary>
internal readonly record struct TableMeasurement(double Auroc, double AveragePrecision, double FitSeconds, double RowsPerSecond);
