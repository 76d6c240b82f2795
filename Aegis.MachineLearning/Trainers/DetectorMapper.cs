using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Maps rows of one schema to rows with a detector's two extra columns.</summary>
internal sealed class DetectorMapper : IRowToRowMapper
{
    private readonly DataViewSchema.Column _features;

    /// <exception cref="ArgumentException">The features are missing, or their number is not the one that the detector reads.</exception>
    public DetectorMapper(DetectorTransformer detector, DataViewSchema input)
    {
        Detector = detector;
        InputSchema = input;
        _features = FeatureColumns.Find(input, detector.FeatureColumn);
        if (((VectorDataViewType)_features.Type).Size is var size && size != detector.Columns)
        {
            throw new ArgumentException($"Column '{detector.FeatureColumn}' holds {size} values a row; allowed: {detector.Columns}, which the detector was fitted on.");
        }

        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        schema.AddColumn(DetectorTransformer.ScoreColumn, NumberDataViewType.Single, Annotations());
        schema.AddColumn(DetectorTransformer.LabelColumn, BooleanDataViewType.Instance, Annotations());
        OutputSchema = schema.ToSchema();
    }

    public DetectorTransformer Detector { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    /// <summary>The index of the score's column; the label follows it.</summary>
    public int ScoreIndex => InputSchema.Count;

    /// <inheritdoc/>
    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var wanted = dependingColumns.ToList();
        var sources = wanted.Where(column => column.Index < ScoreIndex).Select(column => InputSchema[column.Index]);
        return wanted.Any(column => column.Index >= ScoreIndex) ? sources.Append(_features).DistinctBy(column => column.Index) : sources;
    }

    /// <inheritdoc/>
    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new ScoredRow(this, input, [.. activeColumns]);

    /// <summary>A scorer for a source that moves from row to row.</summary>
    public RowScorer ScorerOf(DataViewRow source) => new(Detector, source, _features);

    /// <summary>The annotations that tell ML.NET which task the column belongs to.</summary>
    private static DataViewSchema.Annotations Annotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("ScoreColumnKind", TextDataViewType.Instance, (
            ref ReadOnlyMemory<char> kind) => kind = "AnomalyDetection".AsMemory());
        annotations.Add("ScoreValueKind", TextDataViewType.Instance, (ref ReadOnlyMemory<char> kind) => kind = "Score".AsMemory());
        return annotations.ToAnnotations();
    }
}
