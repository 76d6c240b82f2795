using Aegis.MachineLearning.Forests;
using Onnx;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Writes an isolation forest as an ONNX model with the operator <c>TreeEnsembleRegressor</c>.</summary>
/// <remarks>
/// <c>inputs</c> is a matrix of encoded rows, <c>score</c> their anomaly scores in one column. A leaf holds
/// -h(x)/Σc(ψ). The operator sums the trees, and <c>Pow</c> raises 2 to the sum. The runtime adds in 32-bit floats, so
/// scores agree with those of Aegis to about 1e-6.
/// </remarks>
public static class ForestOnnx
{
    /// <summary>The bytes of an .onnx file.</summary>
    /// <param name="forest">A forest whose splits are on one column.</param>
    /// <param name="columns">Inputs for each row, at least those that the forest tests.</param>
    /// <param name="input">The name of the input matrix.</param>
    /// <param name="output">The name of the output column.</param>
    /// <exception cref="ArgumentException">The forest is extended, or the rows are too short for it.</exception>
    public static byte[] Write(IsolationForest forest, int columns, string input = "inputs", string output = "score")
    {
        ArgumentNullException.ThrowIfNull(forest);
        if (forest.ColumnsPerSplit != 1)
        {
            throw new ArgumentException(
                $"The forest's splits weigh {forest.ColumnsPerSplit} columns; allowed: 1, for ONNX trees test one at a time.", nameof(
                    forest));
        }

        if (columns < forest.Columns || columns < 1)
        {
            throw new ArgumentException(
                $"columns is '{columns}'; allowed: {Math.Max(forest.Columns, 1)} or more, which the forest tests.", nameof(columns));
        }

        var model = new OnnxModel("isolation forest");
        model.Input(input, columns);
        model.Node("TreeEnsembleRegressor", [input], "exponent", OnnxModel.MachineLearning, new Ensemble(forest).ToAttributes());
        model.Constant("base", [2]);
        model.Node("Pow", ["base", "exponent"], output);
        model.Output(output, 1);
        return model.ToBytes();
    }

    /// <summary>The parallel lists that the operator needs: one entry for each node, and one for each leaf.</summary>
    private sealed class Ensemble
    {
        private readonly List<long> _trees = [];
        private readonly List<long> _ids = [];
        private readonly List<long> _features = [];
        private readonly List<string> _modes = [];
        private readonly List<float> _thresholds = [];
        private readonly List<long> _lefts = [];
        private readonly List<long> _rights = [];
        private readonly List<long> _missingLeft = [];
        private readonly List<long> _leafTrees = [];
        private readonly List<long> _leaves = [];
        private readonly List<float> _weights = [];

        public Ensemble(IsolationForest forest)
        {
            for (var tree = 0; tree < forest.Roots.Length; tree++)
            {
                AddTree(forest, tree);
            }
        }

        public AttributeProto[] ToAttributes() =>
        [
            OnnxModel.Int("n_targets", 1),
            OnnxModel.Text("aggregate_function", "SUM"),
            OnnxModel.Ints("nodes_treeids", [.. _trees]),
            OnnxModel.Ints("nodes_nodeids", [.. _ids]),
            OnnxModel.Ints("nodes_featureids", [.. _features]),
            OnnxModel.Texts("nodes_modes", [.. _modes]),
            OnnxModel.Floats("nodes_values", [.. _thresholds]),
            OnnxModel.Ints("nodes_truenodeids", [.. _lefts]),
            OnnxModel.Ints("nodes_falsenodeids", [.. _rights]),
            OnnxModel.Ints("nodes_missing_value_tracks_true", [.. _missingLeft]),
            OnnxModel.Ints("target_treeids", [.. _leafTrees]),
            OnnxModel.Ints("target_nodeids", [.. _leaves]),
            OnnxModel.Ints("target_ids", new long[_leaves.Count]),
            OnnxModel.Floats("target_weights", [.. _weights]),
        ];

        private void AddTree(IsolationForest forest, int tree)
        {
            var root = forest.Roots[tree];
            var pending = new Stack<int>([root]);
            while (pending.TryPop(out var index))
            {
                var node = forest.Nodes[index];
                if (node.Feature < 0)
                {
                    Add("LEAF", tree, index - root, feature: 0, threshold: 0, left: 0, right: 0, MissingSide.Right);
                    _leafTrees.Add(tree);
                    _leaves.Add(index - root);
                    _weights.Add((float)(-node.PathLength / forest.PathNormaliser));
                    continue;
                }

                Add("BRANCH_LT", tree, index - root, node.Feature, node.Threshold, node.Left - root, node.Left + 1 - root, node.Missing);
                pending.Push(node.Left + 1);
                pending.Push(node.Left);
            }
        }

        private void Add(string mode, int tree, int id, int feature, float threshold, int left, int right, MissingSide missing)
        {
            _modes.Add(mode);
            _trees.Add(tree);
            _ids.Add(id);
            _features.Add(feature);
            _thresholds.Add(threshold);
            _lefts.Add(left);
            _rights.Add(right);
            _missingLeft.Add(missing == MissingSide.Left ? 1 : 0);
        }
    }
}
