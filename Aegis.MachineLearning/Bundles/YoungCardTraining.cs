using Aegis.Core.Features;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Trainers;
using Microsoft.ML;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Fits the view for young cards on the payments of such cards.</summary>
internal static class YoungCardTraining
{
    /// <summary>The least number of young cards' payments. Fewer say too little of what is usual.</summary>
    public const int MinRows = 500;

    /// <summary>The fact that a bundle with the view tells people.</summary>
    public const string Fact = "youngView";

    /// <summary>What the fact says.</summary>
    public static readonly string FactText = $"cards with fewer than {YoungCardView.Payments} payments have a view of their own";

    private static readonly IsolationForestOptions Forest = new() { Trees = 100, SubsampleSizes = [256] };

    /// <summary>The view; null if there are fewer than <see cref="MinRows"/> payments of young cards.</summary>
    /// <param name="rows">All rows to fit on.</param>
    /// <param name="seed">Decides every random draw.</param>
    public static YoungCardView? Train(FeatureRows rows, ulong seed)
    {
        var young = new FeatureRows();
        for (var row = 0; row < rows.Count; row++)
        {
            if (YoungCardView.WeightOf(rows[row]) > 0)
            {
                young.Add(rows[row], rows.Cards[row], rows.Days[row], rows.Frauds[row], rows.IdHashes[row]);
            }
        }

        if (young.Count < MinRows)
        {
            return null;
        }

        var scaler = FeatureScaler.Fit(FraudModelTrainer.SeenInputs(YoungCardView.Inputs, young), young.Features);
        var inputs = scaler.EncodeAll(young.Features);
        var forest = new MLContext().AnomalyDetection.Trainers.IsolationForest(options: Forest with { Seed = seed }, contamination: 0)
            .Fit(new FloatRows(inputs, scaler.InputCount));
        return new YoungCardView(scaler, forest, ScoreCalibrator.Fit(forest.ScoreAll(inputs)));
    }

    /// <summary>The view's level of each row: 0 for cards that are not young, and without a view.</summary>
    public static double[] Levels(YoungCardView? view, FeatureRows rows)
    {
        var levels = new double[rows.Count];
        if (view is null)
        {
            return levels;
        }

        var inputs = view.Scaler.EncodeAll(rows.Features);
        var scores = view.Forest.ScoreAll(inputs);
        for (var row = 0; row < levels.Length; row++)
        {
            levels[row] = YoungCardView.WeightOf(rows[row]) is > 0 and var weight ? view.LevelOf(scores[row], weight) : 0;
        }

        return levels;
    }
}
